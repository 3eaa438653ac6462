select cast(null as integer) as "id", cast(null as varchar) as "name";
