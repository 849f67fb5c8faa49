select d.classoid::regclass::text as class, d.objoid::int8 as object, d.objsubid::int4 as part, d.description as text
from pg_description d
where $1::text[] is not null
