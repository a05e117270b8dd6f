# The web front: serves the page, hands each request to the next worker, and passes on what it says.
mkdir -p /www/cgi-bin /state
cat > /www/cgi-bin/work <<'END'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\n'
for attempt in 1 2 3; do
  worker=$(head -n 1 /state/workers)
  { tail -n +2 /state/workers; echo "$worker"; } > "/state/turns.$$"
  mv "/state/turns.$$" /state/workers
  timeout 2 wget -q -O - "$worker" 2> /dev/null && exit
done
echo 'no worker answers'
END
cat > /www/cgi-bin/parts <<'END'
#!/bin/sh
printf 'Content-Type: application/json\r\n\r\n'
cat /state/parts 2> /dev/null || echo '[]'
END
chmod +x /www/cgi-bin/work /www/cgi-bin/parts
exec httpd -f -p "$PORT" -h /www
