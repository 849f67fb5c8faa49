-- Publications belong to the database, whichever schemas are read.
select
    p.oid::int8 as oid,
    p.pubname as name,
    p.puballtables as all_tables,
    concat_ws(', ',
        case when p.pubinsert then 'insert' end,
        case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end,
        case when p.pubtruncate then 'truncate' end
    ) as publish,
    p.pubviaroot as via_root
from pg_publication p
where $1::text[] is not null
