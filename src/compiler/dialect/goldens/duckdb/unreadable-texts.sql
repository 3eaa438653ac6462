select "row"
from (values
  (0, '1'),
  (1, 'x'),
  (2, 'it''s'),
  (3, ' 2 ')
) as cells ("row", "cell")
where try_cast("cell" as bigint) is null
order by 1
limit 5;
