/*
 * An HTTP server that boots as long as its argument says, in milliseconds, and logs the truth of its start: one line per
 * event, with CLOCK_MONOTONIC and CLOCK_REALTIME in nanoseconds. Containers share both clocks with their host, so whoever
 * started it can compare these stamps with its own.
 *
 *   main       the first instruction of the program
 *   listen     just before listen(2)
 *   listening  just after: from between the two on it can answer
 *   accepted   just after the first accept(2)
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 80, LISTENER = 0, SLOTS = 512 };

struct stamp {
  struct timespec monotonic, real;
};

static struct stamp now(void) {
  struct stamp at;
  clock_gettime(CLOCK_MONOTONIC, &at.monotonic);
  clock_gettime(CLOCK_REALTIME, &at.real);
  return at;
}

static void print_stamp(const char *event, struct stamp at) {
  dprintf(1, "%s %lld%09ld %lld%09ld\n", event, (long long)at.monotonic.tv_sec, at.monotonic.tv_nsec,
          (long long)at.real.tv_sec, at.real.tv_nsec);
}

static void end(int signal) {
  (void)signal;
  _exit(0);
}

static void answer(int connection) {
  static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nready\n";
  char request[4096];
  if (read(connection, request, sizeof request) > 0) (void)!write(connection, text, sizeof text - 1);
  close(connection);
}

int main(int argc, char **argv) {
  struct stamp began = now();
  signal(SIGTERM, end); /* process 1 has no default handlers */
  signal(SIGPIPE, SIG_IGN);
  long boot = argc > 1 ? atol(argv[1]) : 0;
  struct timespec pause = {boot / 1000, boot % 1000 * 1000000};
  if (boot > 0) nanosleep(&pause, NULL);

  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) return perror("bind"), 1;
  struct stamp called = now();
  if (listen(listener, 1024) != 0) return perror("listen"), 1;
  struct stamp listening = now();
  print_stamp("main", began); /* only now: writing to the log takes longer than all of the above */
  print_stamp("listen", called);
  print_stamp("listening", listening);

  struct pollfd sockets[SLOTS] = {[LISTENER] = {listener, POLLIN, 0}};
  int used = 1, has_accepted = 0;
  for (;;) {
    sockets[LISTENER].events = used < SLOTS ? POLLIN : 0;
    if (poll(sockets, used, -1) < 0) continue;
    for (int slot = used - 1; slot > LISTENER; slot--) {
      if (!sockets[slot].revents) continue;
      answer(sockets[slot].fd);
      sockets[slot] = sockets[--used];
    }
    if (sockets[LISTENER].revents) {
      int connection = accept(listener, NULL, NULL);
      if (connection < 0) continue;
      if (!has_accepted++) print_stamp("accepted", now());
      setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
      sockets[used++] = (struct pollfd){connection, POLLIN, 0};
    }
  }
}
