/** The dbt whose behaviour and artifacts these are: tools and projects ask for it. */
export const dbtVersion = "1.11.6";
