select place as `row`
from unnest(array<string>[
  '1',
  'x',
  'it\'s',
  ' 2 '
]) as cell with offset as place
where safe_cast(cell as INT64) is null
order by 1
limit 5;
