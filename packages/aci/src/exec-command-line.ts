/**
 * A shell script as the one line that the service takes for a command. How it takes that line apart is written nowhere, so there is nothing in
 * it to be taken apart in different ways: three words between single spaces, without quotes, backslashes or further white space. The script
 * travels as base64, which the container's shell turns back: the outer words only say `eval "$(echo … | base64 -d)"`.
 */
export function execCommandLine(script: string): string {
  const inner = base64('eval "$(echo $_berth_s|base64 -d)"')
  return `/bin/sh -c _berth_s=${base64(script)};eval\${IFS}$(echo\${IFS}${inner}|base64\${IFS}-d)`
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
