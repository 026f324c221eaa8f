# Runs Zapette as a Windows service with a log file, by Shawl (winget install mtkennerly.shawl), which passes a stop on as
# Ctrl+C, so that players go on after a restart. In a PowerShell opened as administrator, in Zapette's folder, after npm ci:
#
#   powershell -ExecutionPolicy Bypass -File deploy\windows-service.ps1
#
# The account LOCAL SERVICE may read the folder, and write into its folder data, where the log is too.
$ErrorActionPreference = 'Stop'
$folder = (Resolve-Path "$PSScriptRoot\..").Path
$data = "$folder\data"
$account = '*S-1-5-19'
$administrators = '*S-1-5-32-544'

# That account does not see programs which winget has installed for you alone.
foreach ($program in 'shawl', 'ffmpeg') {
  if (Test-Path "$folder\$program.exe") { continue }
  Copy-Item (Get-Command "$program.exe").Source $folder
}

New-Item -ItemType Directory -Force $data | Out-Null
icacls $folder /inheritance:r /grant "${administrators}:(OI)(CI)F" "${account}:(OI)(CI)RX" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls could not set the rights on $folder." }
icacls $data /grant "${account}:(OI)(CI)M" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls could not set the rights on $data." }

if (Get-Service Zapette -ErrorAction SilentlyContinue) {
  Stop-Service Zapette
  sc.exe delete Zapette | Out-Null
}
& "$folder\shawl.exe" add --name Zapette --cwd $folder --restart --stop-timeout 15000 `
  --log-dir "$data\log" --log-cmd-as zapette --log-retain 5 `
  --env NODE_ENV=production --env "FFMPEG_PATH=$folder\ffmpeg.exe" `
  -- "$folder\node_modules\node\bin\node.exe" dist/main.js
if ($LASTEXITCODE -ne 0) { throw 'Shawl could not add the service: its lines above say why.' }
sc.exe config Zapette start= auto obj= 'NT AUTHORITY\LocalService' | Out-Null
if ($LASTEXITCODE -ne 0) { throw 'Windows refused the account of the service.' }
Start-Service Zapette
Start-Sleep -Seconds 10
# The link of the first start is in here.
Get-Content "$data\log\zapette_rCURRENT.log" -Tail 60
