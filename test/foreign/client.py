"""A client for Canaduck, written from docs/PROTOCOL.md and docs/ERRORS.md alone: plain sockets, nothing but the standard library.

It does what a client has to do, each step against a real server, and prints what it found; client.test.ts keeps the output.
Arguments: the server's port, a token of the role user, a token of the role operator.
"""

import json
import socket
import sys
import uuid


class Refused(Exception):
    """An error of the server; `name` is what a program goes by."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.code, self.data, self.name = error["code"], error["data"], error["data"]["name"]


class Lost(Exception):
    """The connection ended before the reply came: whether the call was done is not known."""


class Client:
    def __init__(self, port):
        self.peer = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.lines = self.peer.makefile("r", encoding="utf-8", newline="\n")
        self.last, self.replies, self.events = 0, {}, []

    def send(self, method, params, **more):
        message = {"jsonrpc": "2.0", **more, "method": method, "params": params}
        self.peer.sendall(json.dumps(message).encode() + b"\n")

    def begin(self, method, params):
        """Sends without waiting; `end` takes the reply, in whatever order they come."""
        self.last += 1
        self.send(method, params, id=self.last)
        return self.last

    def hear(self):
        line = self.lines.readline()
        if not line:
            raise Lost()
        message = json.loads(line)
        if "method" in message:
            self.events.append(message)
        else:
            self.replies[message["id"]] = message

    def end(self, call):
        while call not in self.replies:
            self.hear()
        reply = self.replies.pop(call)
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["result"]

    def call(self, method, **params):
        return self.end(self.begin(method, params))

    def cancel(self, call):
        self.send("$/cancelRequest", {"id": call})

    def close(self):
        self.lines.close()
        self.peer.close()


def refusal(work):
    try:
        work()
    except Refused as error:
        return error
    raise AssertionError("it was not refused")


def show(what, *found):
    print(f"{what}:", *(json.dumps(one, sort_keys=True) for one in found))


port, user, operator = int(sys.argv[1]), sys.argv[2], sys.argv[3]
client = Client(port)

# The session comes first; its resume token is the way back.
session = client.call("session.open", nick="python", number="number")
limits = client.call("server.info")["limits"]
show("session.open", session["resumed"], session["lastSeq"], session["role"], session["nick"])
show("server.info", limits["frameBytesMax"] > 1024, limits["callsInFlightMax"] > 1)
show("server.ping", client.call("server.ping", echo={"é": [1, None]})["echo"])
show("server.status", client.call("server.status")["connections"])
described = client.call("rpc.discover")
show("rpc.discover", described["openrpc"], len(described["methods"]), sorted(event["name"] for event in described["x-events"]))

# Calculating.
show("calc.evaluate", client.call("calc.evaluate", expression="x = 6 * 7")["assigned"])
show("by position", client.end(client.begin("calc.evaluate", ["x + 1", {"x": 1}]))["text"])
big = client.call("calc.evaluate", expression="2^200 + 1", number="bigint", record=False)
show("digits are a string", int(big["value"]["value"]) == 2**200 + 1, big["type"])
for expression in ["1 / 0", "fraction(1, 3)", "2 + 3i", "2 inch", "[1, 2; 3, 4]", "1; 2; 3", "f(x) = x^2"]:
    value = client.call("calc.evaluate", expression=expression, record=False)
    show(f"value of {expression}", value["type"], value["value"])
show("calc.check", client.call("calc.check", expression="y = 1 + 2 x")["interpretation"])
show("calc.sample", client.call("calc.sample", expression="1 / x", variable="x", **{"from": -1, "to": 1}, points=3)["y"])
show("calc.complete", [row["name"] for row in client.call("calc.complete", prefix="deriv")["names"]])
show("calc.describe", client.call("calc.describe", name="sqrt")["signatures"])
rows = client.call("calc.evaluateRows", expression="factorial(n)", columns={"n": [3, -1]})
show("calc.evaluateRows", rows["values"], [(row["row"], row["error"]["data"]["name"]) for row in rows["errors"]])

# Errors, by name.
for expression in ["sqr(2)", "1 +", "nothing", "1 m + 1 s", "import(1)"]:
    error = refusal(lambda: client.call("calc.evaluate", expression=expression, record=False))
    at = error.data.get("position", {})
    show(f"error of {expression}", error.code, error.name, at.get("column"), error.data.get("suggestions", [])[:1])
error = refusal(lambda: client.call("calc.evaluate", expresion="1"))
show("a wrong parameter", error.name, error.data["excerpt"], error.data["suggestions"])
show("a wrong method", refusal(lambda: client.call("calc.evalute")).name)
show("not my role", refusal(lambda: client.call("admin.clients")).name)

# Variables: compare and set.
version = client.call("scope.set", name="shared", value=1)["version"]
client.call("scope.set", name="shared", value=2, ifVersion=version)
error = refusal(lambda: client.call("scope.set", name="shared", value=3, ifVersion=version))
show("scope.set", error.name, error.data["current"]["value"])
show("scope.get", client.call("scope.get", name="shared")["value"])
show("scope.list", [row["name"] for row in client.call("scope.list")["variables"]])
client.call("scope.unset", name="shared")
show("scope.unset", refusal(lambda: client.call("scope.get", name="shared")).name)

# Pipelining: many calls under way, answers by id.
calls = [client.begin("calc.evaluate", {"expression": f"{n}^2", "record": False}) for n in range(50)]
show("pipelined", sum(client.end(call)["value"] for call in reversed(calls)))

# Progress, asked for by a token of our own; the reply is the end of it.
count = 100_000
call = client.begin("calc.evaluateRows", {"expression": "x * 2", "columns": {"x": list(range(count))}, "progress": "rows"})
values = client.end(call)["values"]
heard = [event["params"] for event in client.events if event["method"] == "$/progress"]
show("progress", values[-1], len(heard) > 0, all(one["token"] == "rows" and one["done"] <= one["total"] == count for one in heard))

# Cancelling: one reply, always, and the connection goes on.
call = client.begin("calc.evaluate", {"expression": "f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1); f(60)", "limits": {"timeMs": 5000}})
client.cancel(call)
error = refusal(lambda: client.end(call))
show("cancelled", error.code, error.name, client.call("calc.evaluate", expression="ans", record=False)["text"])

# A connection that is lost in the midst: the same key makes asking again safe.
key = str(uuid.uuid4())
client.send("calc.evaluate", {"expression": "x = x + 1", "key": key}, id="lost")
client.peer.shutdown(socket.SHUT_WR)
while True:
    try:
        client.hear()
    except Lost:
        break
client.close()
client = Client(port)
session = client.call("session.open", resume=session["resumeToken"])
again = client.call("calc.evaluate", expression="x = x + 1", key=key)
show("resumed", session["resumed"], session["lastSeq"], again["replayed"], again["value"])
show("variables and $1", client.call("calc.evaluate", expression="x + $1", record=False)["value"])
error = refusal(lambda: client.call("calc.evaluate", expression="1", key=key))
show("another request under the key", error.name, error.data["seq"])

# History.
listed = client.call("history.list", limit=10)
show("history.list", [(row["seq"], row["expression"], row.get("text")) for row in listed["entries"]], listed["more"])
show("history.get", client.call("history.get", seq=1)["expression"])
page = client.call("history.export", format="csv", limit=1)
show("history.export", page["text"].split("\r\n")[0], page["next"], page["more"])
show("history.verify", client.call("history.verify")["ok"])
show("history.clear", client.call("history.clear")["removed"])

# Settings.
show("session.configure", client.call("session.configure", number="Fraction")["number"])
show("session.info", client.call("session.info")["principal"] == session["principal"])
client.call("scope.clear")
show("scope.clear", client.call("scope.list")["variables"])

# A batch: one array back, without the notifications.
client.peer.sendall(
    b'[{"jsonrpc":"2.0","id":"a","method":"server.ping"},{"jsonrpc":"2.0","method":"server.ping"},'
    b'{"jsonrpc":"2.0","id":null,"method":"server.ping","params":[7]},7]\n'
)
batch = json.loads(client.lines.readline())
show("batch", [one.get("result", {}).get("echo", "error" in one) for one in sorted(batch, key=lambda one: str(one["id"]) + str(one.get("error", "")))])

# Tokens.
mine = Client(port)
show("a wrong token", refusal(lambda: mine.call("session.open", token=user[:-1] + ("0" if user[-1] != "0" else "1"))).name)
entered = mine.call("session.open", token=user)
show("a token", entered["role"], "resumeToken" in entered)
chief = Client(port)
chief.call("session.open", token=operator)
listed = [row for row in chief.call("admin.clients")["clients"] if row.get("principal") == entered["principal"]]
show("admin.clients", len(listed), listed[0]["role"])
show("admin.trace", chief.call("admin.trace", ms=1)["dropped"])
show("admin.kick", chief.call("admin.kick", principal=entered["principal"])["kicked"])
try:
    mine.call("server.ping")
except (Lost, ConnectionError):
    show("kicked", True)

# The end: of a session, and of the server.
client.call("session.close")
try:
    client.hear()
except Lost:
    show("session.close", True)
show("admin.drain", chief.call("admin.drain")["connections"] > 0)
try:
    while True:
        chief.hear()
except Lost:
    show("server.closing", [event["method"] for event in chief.events])
