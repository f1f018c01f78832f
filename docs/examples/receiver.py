#!/usr/bin/env python3
"""receiver.py PORT SECRET-FILE: takes the signing service's web hooks, each event once. Python's standard library only."""
import hashlib
import hmac
import json
import sqlite3
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

LARGEST = 64 * 1024
OLDEST = 300  # seconds: an event that somebody kept is not taken later

secret = open(sys.argv[2], "rb").read().rstrip()
taken = sqlite3.connect("receiver.db")
taken.execute("CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, body TEXT)")


def is_signed(header, body):
    fields = dict(field.split("=", 1) for field in header.split(",") if "=" in field)
    said_time = fields.get("t", "")
    if not said_time.isdigit() or abs(time.time() - int(said_time)) > OLDEST:
        return False
    expected = hmac.new(secret, said_time.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), fields.get("v1", "").encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length) if 0 < length <= LARGEST else b""
        if not is_signed(self.headers.get("Antin-Signature", ""), body):
            return self.answer(401)
        event = json.loads(body)
        with taken:  # on disk before it is acknowledged
            new = taken.execute("INSERT OR IGNORE INTO event VALUES (?, ?)", (event["id"], body.decode())).rowcount
        if new:
            print(event["type"], event["batch"], event["item"]["name"], flush=True)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
