/// Every operation of the API: routes, checks and the OpenAPI document are made from this list.
let routeTable: [Route] = [
  fundRoutes
].flatMap { $0 }
