"""The second peer of `bench -- intake`: the `hl7` package's asyncio MLLP server with an insert a message into SQLite at
the same durability (WAL, synchronous=FULL) before the acknowledgement. Argument: the database's file. Says its port."""

import asyncio
import sqlite3
import sys

import hl7
from hl7.mllp import start_hl7_server

COLUMNS = {
    "147842": "hr", "149530": "pulse", "151562": "rr", "150456": "spo2", "150344": "temp_c",
    "150037": "sbp_art", "150038": "dbp_art", "150039": "map_art", "150021": "sbp_nibp",
    "150022": "dbp_nibp", "150023": "map_nibp", "150087": "cvp", "151708": "etco2",
}
NAMES = list(COLUMNS.values())

# Autocommit: each insert is its own durable transaction.
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute(
    "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, control_id TEXT NOT NULL, patient TEXT NOT NULL,"
    " observed_at TEXT NOT NULL, raw TEXT NOT NULL, " + ", ".join(f"{name} REAL" for name in NAMES) + ")"
)
INSERT = (
    "INSERT INTO messages (control_id, patient, observed_at, raw, " + ", ".join(NAMES) + ") VALUES (?, ?, ?, ?, "
    + ", ".join("?" for _ in NAMES) + ")"
)


def keep(message):
    values = dict.fromkeys(NAMES)
    for obx in message.segments("OBX"):
        name = COLUMNS.get(str(obx[3][0][0]))
        if name is not None:
            values[name] = float(str(obx[5]))
    row = [str(message.segment("MSH")[10]), str(message.segment("PID")[3][0][0]), str(message.segment("OBR")[7])]
    database.execute(INSERT, [*row, str(message), *values.values()])


async def serve(reader, writer):
    try:
        while not writer.is_closing():
            message = await reader.readmessage()
            keep(message)
            writer.writemessage(message.create_ack())
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    server = await start_hl7_server(serve, host="127.0.0.1", port=0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
