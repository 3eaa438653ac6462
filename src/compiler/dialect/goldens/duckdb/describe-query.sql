select column_name as "name", column_type as "type" from (describe (
select 1 as id, 'a' as name -- the first of all
));
