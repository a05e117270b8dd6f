# A worker: says which it is, and whether there is a way from it to the front.
mkdir -p /www
echo "$CLOUD, $NAME" > /www/index.html
{
  if timeout 5 wget -q -O /dev/null "$FRONT/cgi-bin/parts"; then way='reaches the front'; else way='does not reach the front'; fi
  echo "$CLOUD, $NAME, which $way" > /www/index.html
} &
exec httpd -f -p "$PORT" -h /www
