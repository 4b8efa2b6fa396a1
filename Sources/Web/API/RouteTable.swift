/// Every operation of the API: routes, checks and the OpenAPI document are made from this list.
let routeTable: [Route] =
  fundRoutes + partyRoutes + commitmentRoutes + callRoutes + entryRoutes + investmentRoutes
  + auditRoutes + changesRoutes + explanationRoutes
