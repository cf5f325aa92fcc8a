"""Takes a name on the session bus and never answers anybody who calls it. Says so in one line; ends when it is killed."""
import sys

from jeepney import DBusNameFlags, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

bus = open_dbus_connection()
taken = Proxy(message_bus, bus).RequestName(sys.argv[1], DBusNameFlags.do_not_queue)
print("taken" if taken == (1,) else "not taken", flush=True)
while True:
    bus.receive()
