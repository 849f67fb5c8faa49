-- An index that keeps values unique is of use without ever being read.
select s.schemaname as schema, s.relname as name, 'table' as kind,
    format('The index %I of %I.%I has never been read.', s.indexrelname, s.schemaname, s.relname) as detail,
    concat_ws('_', s.schemaname, s.relname, s.indexrelname) as key
from pg_stat_user_indexes s
join pg_index i on i.indexrelid = s.indexrelid
where s.idx_scan = 0 and not i.indisunique and not i.indisprimary and s.schemaname <> all ($1)
