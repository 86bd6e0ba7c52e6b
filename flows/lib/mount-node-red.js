/** What is below it in a browser's address is an HTTP-in node. */
const flowsRoot = '/flows-http';
const dashboardRoot = '/dashboard';

/**
 * Put Node-RED on an express app: the editor at `/red`, the dashboard at `/dashboard`, HTTP-in nodes below
 * `/flows-http`. A node that answers at `/card` is asked at `/flows-http/card`, and at no other address.
 */
function mountNodeRed(app, RED) {
  app.disable('x-powered-by');
  const isDashboard = (path) => `${path.toLowerCase()}/`.startsWith(`${dashboardRoot}/`);
  app.use(RED.settings.httpAdminRoot, RED.httpAdmin);
  app.use(flowsRoot, (request, response, next) => {
    if (isDashboard(request.path)) next();
    else RED.httpNode(request, response, next);
  });
  app.use((request, response, next) => {
    if (isDashboard(request.path)) RED.httpNode(request, response, next);
    else next();
  });
}

module.exports = { mountNodeRed };
