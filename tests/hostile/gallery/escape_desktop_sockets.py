# INTENT: Connects to the servers of a desktop: X, D-Bus, Docker, the system log; and to the locks of the graders.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import socket
for name in ("/tmp/.X11-unix/X0", "\0/tmp/.X11-unix/X0", "/run/dbus/system_bus_socket", "/run/user/0/bus", "/var/run/docker.sock",
             "/run/docker.sock", "/dev/log", "/run/systemd/notify", *(f"\0transformer-course-processor-{n}" for n in range(8))):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            socket.socket(socket.AF_UNIX, kind).connect(name)
            print("CONNECTED", repr(name))
        except OSError as fault:
            print("refused", fault.errno)

def causal_mask(length): return torch.zeros(1)
