# Prints the machine code and the name of this machine, in one line with a tab between them, for the list of admitted
# machines of a Latchkey server. With a folder it writes a file there instead, one for each machine. It sends nothing.
#
#   powershell -ExecutionPolicy Bypass -File latchkey-collect.ps1                     prints the line
#   powershell -ExecutionPolicy Bypass -File latchkey-collect.ps1 \\server\collected  writes a file there
#
# It needs no special rights, and runs with the PowerShell that Windows has (5.1). The machine code is the first 32
# hexadecimal digits of the SHA-256 of the text "latchkey-machine-code/1:" and the system's own id of the machine, in
# small letters. Apps that use the recommended machine code send the same one.
param([string]$Folder = '')

$ErrorActionPreference = 'Stop'

# The 64-bit view of the registry, whichever PowerShell this is: the other one has no id.
$base = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
$key = $base.OpenSubKey('SOFTWARE\Microsoft\Cryptography')
$id = [string]$key.GetValue('MachineGuid')
$key.Close()
$base.Close()
$id = $id.Trim().ToLowerInvariant()
if ($id -eq '') {
    Write-Error 'This machine has no id of its own (MachineGuid).'
    exit 1
}

$bytes = [System.Text.Encoding]::UTF8.GetBytes('latchkey-machine-code/1:' + $id)
$sha = [System.Security.Cryptography.SHA256]::Create()
$hash = $sha.ComputeHash($bytes)
$sha.Dispose()
$hex = [System.BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
$code = $hex.Substring(0, 32)

$name = [System.Environment]::MachineName
$line = $code + "`t" + $name

if ($Folder -eq '') {
    Write-Output $line
    exit 0
}
$safe = $name -replace '[^A-Za-z0-9._-]', '_'
$file = Join-Path $Folder ($safe + '-' + $code.Substring(0, 8) + '.txt')
# UTF-8 without a mark, which PowerShell 5.1 does not write by itself.
$utf8 = New-Object System.Text.UTF8Encoding($false)
[System.IO.File]::WriteAllText($file, $line + "`n", $utf8)
Write-Output $file
