# JupyterHub as Debian has it, with servers that are not there: what is measured is the hub, its proxy and its database.
import os

from jupyterhub.auth import Authenticator
from jupyterhub.spawner import Spawner


class Anybody(Authenticator):
    async def authenticate(self, handler, data):
        return data["username"]


class Stub(Spawner):
    """Every server is the one that the bench itself answers for."""

    is_started = False

    async def start(self):
        self.is_started = True
        return ("127.0.0.1", int(os.environ["BENCH_STUB_PORT"]))

    async def stop(self, now=False):
        self.is_started = False

    async def poll(self):
        return None if self.is_started else 0


folder = os.environ["BENCH_FOLDER"]
c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = Anybody
c.JupyterHub.spawner_class = Stub
c.JupyterHub.bind_url = "http://127.0.0.1:" + os.environ["BENCH_PROXY_PORT"]
c.JupyterHub.hub_port = int(os.environ["BENCH_HUB_PORT"])
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:" + os.environ["BENCH_PROXY_API_PORT"]
c.ConfigurableHTTPProxy.pid_file = folder + "/proxy.pid"
c.JupyterHub.db_url = "sqlite:///" + folder + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = folder + "/cookie-secret"
c.JupyterHub.log_level = "ERROR"
# 0 is without a limit; by its own, 100, it refuses a class that comes at once, which asks again.
c.JupyterHub.concurrent_spawn_limit = int(os.environ["BENCH_SPAWN_LIMIT"])
c.JupyterHub.active_server_limit = 0
c.JupyterHub.services = [{"name": "bench", "api_token": os.environ["BENCH_TOKEN"]}]
c.JupyterHub.load_roles = [
    {"name": "bench", "scopes": ["admin:users", "admin:servers"], "services": ["bench"]}
]
