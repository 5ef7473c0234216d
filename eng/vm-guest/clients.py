"""Clients of a container under load, for eng/vm-guest/loads: every answer is checked, every pause of a connection is noted.

clients.py redis|web|web-new ADDRESS DIRECTORY    until SIGTERM; then DIRECTORY/KIND.json has the sum
clients.py gaps DIRECTORY                         the longest pauses of each kind by phase, from DIRECTORY/phases and what the clients wrote
"""
import glob, hashlib, json, os, signal, socket, sys, threading, time

PORTS = {'redis': 6379, 'web': 80}
KEYS, PAGE = 200, '/page'
ended = threading.Event()


class Wrong(Exception):
    pass


class Connection:
    """A connection that is asked again and again; what it waits for is never given up: a silence is a pause, not an error."""

    def __init__(self, address, port):
        self.socket = socket.create_connection((address, port), timeout=600)
        self.file = self.socket.makefile('rb')

    def close(self):
        self.file.close()
        self.socket.close()

    def redis(self, *words):
        self.socket.sendall(b'*%d\r\n' % len(words) + b''.join(b'$%d\r\n%s\r\n' % (len(word), word) for word in words))
        return self.reply()

    def reply(self):
        line = self.file.readline()
        if not line.endswith(b'\r\n'):
            raise Wrong('the connection ended')
        kind, rest = line[:1], line[1:-2]
        if kind == b'+':
            return rest
        if kind == b':':
            return int(rest)
        if kind == b'$':
            return None if rest == b'-1' else self.file.read(int(rest) + 2)[:-2]
        if kind == b'*':
            return [self.reply() for _ in range(int(rest))]
        raise Wrong(f'redis says {line!r}')

    def get(self, last):
        self.socket.sendall(f'GET {PAGE} HTTP/1.1\r\nHost: load\r\n{"Connection: close" if last else "Connection: keep-alive"}\r\n\r\n'.encode())
        status, length = self.file.readline(), None
        while (line := self.file.readline()) not in (b'\r\n', b''):
            name, _, value = line.partition(b':')
            if name.lower() == b'content-length':
                length = int(value)
        if not status.startswith(b'HTTP/1.1 200 ') or length is None:
            raise Wrong(f'nginx says {status!r}')
        return self.file.read(length)


class Client:
    """What one thread asks, counted."""

    def __init__(self, kind, directory):
        self.kind, self.requests, self.wrong, self.gaps, self.last = kind, 0, [], [], time.time()

    def same(self, is_so, what):
        now = time.time()
        if now - self.last > 0.1:
            self.gaps.append((self.last, now))
        self.requests, self.last = self.requests + 1, now
        if not is_so:
            self.wrong.append(what)

    def run(self, body):
        try:
            body(self)
        except (OSError, Wrong, ValueError) as error:
            self.wrong.append(f'{time.time():.1f}: {type(error).__name__}: {error}')


def value(client, round):
    return hashlib.sha256(f'{client} {round}'.encode()).hexdigest().encode() * (1 + round % 30)


def redis(number, address):
    """Writes, reads back, counts and tells; in the end all that was written is read once more."""
    def body(client):
        connection, rounds, last = Connection(address, 6379), 0, {}
        while not ended.is_set():
            key = b'c%d:%d' % (number, rounds % KEYS)
            client.same(connection.redis(b'SET', key, value(number, rounds)) == b'OK', 'SET')
            last[key] = rounds
            other = b'c%d:%d' % (number, (rounds * 7) % KEYS)
            client.same(connection.redis(b'GET', other) == (value(number, last[other]) if other in last else None), f'GET {other}')
            rounds += 1
            client.same(connection.redis(b'INCR', b'count%d' % number) == rounds, 'INCR')
            client.same(connection.redis(b'PUBLISH', b'told', b'%d' % rounds) == 1 if number == 0 else True, 'PUBLISH')
            time.sleep(0.02)
        for key, round in last.items():
            client.same(connection.redis(b'GET', key) == value(number, round), f'in the end GET {key}')
    return body


def subscriber(address, ready):
    """A connection that only listens: nothing that is published may be missing, come twice or out of order."""
    def body(client):
        connection, expected = Connection(address, 6379), 1
        client.same(connection.redis(b'SUBSCRIBE', b'told') == [b'subscribe', b'told', 1], 'SUBSCRIBE')
        ready.set()
        while not ended.is_set():
            client.same(connection.reply() == [b'message', b'told', b'%d' % expected], f'message {expected}')
            expected += 1
    return body


def web(address, page):
    def body(client):
        connection = Connection(address, 80)
        while not ended.is_set():
            client.same(connection.get(last=False) == page, 'page')
            time.sleep(0.02)
    return body


def web_new(address, page, directory):
    """A connection a request; none is begun where the container is away, since then there is nobody to take it (DIRECTORY/pause; answered with DIRECTORY/paused)."""
    def body(client):
        while not ended.is_set():
            if os.path.exists(f'{directory}/pause'):
                open(f'{directory}/paused', 'w').close()
                time.sleep(0.1)
                client.last = time.time()
                continue
            connection = Connection(address, 80)
            client.same(connection.get(last=True) == page, 'page')
            connection.close()
            time.sleep(0.05)
    return body


def run(kind, address, directory):
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    if kind == 'redis':
        ready = threading.Event()
        bodies = [subscriber(address, ready), redis(0, address), redis(1, address)]
    else:
        with open(f'{directory}/page', 'rb') as file:
            page = file.read()
        bodies = [web(address, page), web(address, page)] if kind == 'web' else [web_new(address, page, directory)]
    clients, threads = [], []
    for body in bodies:
        client = Client(kind, directory)
        clients.append(client)
        threads.append(threading.Thread(target=client.run, args=(body,), daemon=True))
        threads[-1].start()
        if kind == 'redis':
            ready.wait(60)
    while not ended.is_set():
        time.sleep(0.5)
    for thread in threads[::-1]:
        # Who only listens hears nothing any more once the others have ended.
        thread.join(5 if kind == 'redis' and thread is threads[0] else 120)
    with open(f'{directory}/{kind}.json', 'w') as file:
        json.dump({'requests': sum(client.requests for client in clients), 'wrong': [wrong for client in clients for wrong in client.wrong],
                   'gaps': [gap for client in clients for gap in client.gaps]}, file)


def gaps(directory):
    phases = [line.split() for line in open(f'{directory}/phases')]
    phases = [(name, float(start), float(phases[i + 1][1]) if i + 1 < len(phases) else float('inf')) for i, (name, start) in enumerate(phases)]
    found = {file.rsplit('/', 1)[1][:-5]: json.load(open(file))['gaps'] for file in glob.glob(f'{directory}/*.json')}
    found['postgresql'] = []
    for file in glob.glob(f'{directory}/pgbench.log*'):
        ends = {}
        for line in open(file):
            word = line.split()
            end = int(word[4]) + int(word[5]) / 1e6
            ends.setdefault(word[0], []).append(end)
        found['postgresql'] += [pair for times in ends.values() for pair in zip(times, times[1:])]
    for kind, pairs in sorted(found.items()):
        longest = {}
        for name, start, end in phases:
            longest[name] = max([longest.get(name, 0)] + [b - a for a, b in pairs if b > start and a < end])
        print(kind, *(f'{name}={gap:.2f}' for name, gap in longest.items()))


if __name__ == '__main__':
    if sys.argv[1] == 'gaps':
        gaps(sys.argv[2])
    else:
        run(*sys.argv[1:4])
