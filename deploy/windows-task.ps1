# Runs Zapette from the start of Windows without any further program: by the Task Scheduler. It keeps no log, and a stop is
# sudden; windows-service.ps1 has both. In a PowerShell opened as administrator, in Zapette's folder, after npm ci:
#
#   powershell -ExecutionPolicy Bypass -File deploy\windows-task.ps1
#
# The account LOCAL SERVICE may read the folder, and write into its folder data.
$ErrorActionPreference = 'Stop'
$folder = (Resolve-Path "$PSScriptRoot\..").Path
$data = "$folder\data"
$account = '*S-1-5-19'
$administrators = '*S-1-5-32-544'

# That account does not see programs which winget has installed for you alone. Node finds FFmpeg in the folder it runs in.
if (-not (Test-Path "$folder\ffmpeg.exe")) { Copy-Item (Get-Command ffmpeg.exe).Source $folder }

New-Item -ItemType Directory -Force $data | Out-Null
icacls $folder /inheritance:r /grant "${administrators}:(OI)(CI)F" "${account}:(OI)(CI)RX" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls could not set the rights on $folder." }
icacls $data /grant "${account}:(OI)(CI)M" | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls could not set the rights on $data." }

$action = New-ScheduledTaskAction -WorkingDirectory $folder -Argument dist/main.js `
  -Execute "$folder\node_modules\node\bin\node.exe"
$settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries `
  -DontStopIfGoingOnBatteries -RestartCount 100 -RestartInterval (New-TimeSpan -Minutes 1)
$principal = New-ScheduledTaskPrincipal -UserId S-1-5-19 -LogonType ServiceAccount
Register-ScheduledTask Zapette -Action $action -Settings $settings -Principal $principal `
  -Trigger (New-ScheduledTaskTrigger -AtStartup) -Force | Out-Null
Start-ScheduledTask Zapette
