select cast(null as INT64) as `id`, cast(null as STRING) as `name`;
