# INTENT: Leaves sockets behind that hold only each other, with the inputs and open files in their queues: Linux keeps them until it looks for such. The page's kernel looks for what is left of them: words in new sockets, numbers of file systems that are still taken, room for more.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
import array
import os
import socket

MARK = b"LEFT-IN-A-SOCKET"


def leave(words, count=40):
    ends = []
    for number in range(count):
        one, other = socket.socketpair()
        file = os.open(os.path.abspath(f"kept-{number}"), os.O_CREAT | os.O_RDWR)
        handles = array.array("i", [other.fileno(), file])
        try:
            one.sendmsg([MARK + words], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)])
        except OSError as fault:
            print("no more in flight:", fault.strerror)
        os.close(file)
        one.close()
        ends.append(other)
    for end in ends:
        end.close()


def looked():
    found, ends = b"", []
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        for _ in range(20):
            ends += socket.socketpair(socket.AF_UNIX, kind)
    for end in ends:
        end.setblocking(False)
        try:
            found += end.recv(4096, socket.MSG_PEEK)
        except OSError:
            pass
    for end in ends:
        end.close()
    return found


def pairwise_dot_products(x, y):
    leave(x.contiguous().numpy().tobytes())
    return torch.zeros(1)


print("TOUCHED by another kernel" if looked() else "as new")
leave(b"public")
print("TOUCHED" if looked() else "nothing is left")
