"""The course exercise Canaduck grew from: eval() on whatever a client sends. Fast, and open to anybody."""
import json
import socketserver
import sys
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            call = json.loads(line)
            params = call["params"]
            value = eval(params["expression"].replace("^", "**"), {}, params.get("variables") or {})
            reply = {"jsonrpc": "2.0", "id": call["id"], "result": {"value": value}}
            self.wfile.write(json.dumps(reply).encode() + b"\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
print(json.dumps({"port": server.server_address[1]}), flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
