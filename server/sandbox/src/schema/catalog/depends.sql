-- What depends on what; the parts of PostgreSQL itself are not recorded there.
select
    d.classid::regclass::text as class,
    d.objid::int8 as object,
    d.objsubid::int4 as part,
    d.refclassid::regclass::text as on_class,
    d.refobjid::int8 as on_object,
    d.refobjsubid::int4 as on_part,
    d.deptype::text as kind
from pg_depend d
where $1::text[] is not null
