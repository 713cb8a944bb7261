import {describe, expect, it} from 'vitest'
import {readScript} from '../../src/needs/sight/languages.ts'

const python = (text: string): boolean | undefined =>
  readScript(`import subprocess, os, asyncio\n${text}\n`, '/x.py', 'python3')?.runsUnnamed
const node = (text: string): boolean | undefined =>
  readScript(`const cp = require('child_process')\n${text}\n`, '/x.js', 'node')?.runsUnnamed

describe('code that starts programs', () => {
  it.each([
    'subprocess.run([tool, "-x"])',
    'subprocess.Popen(cmd.split())',
    'subprocess.check_output(f"{tool} -x", shell=True)',
    'os.system(command)',
    'cmd = f"{self.bin} --socket x"\nsubprocess.run(cmd)',
    'def run(cmd):\n  asyncio.create_subprocess_exec(*cmd.split())',
    'subprocess.run(self.command)',
    'subprocess.run(["python", path])',
    'subprocess.Popen(["/usr/bin/python3", "-u", str(path)])',
    'subprocess.run([sys.executable, path])',
    'os.system("python3 " + path)',
    'os.system(f"sudo node {path}")',
  ])('does not name them all by %j of Python', (text) => {
    expect(python(text)).toBe(true)
  })

  it.each([
    'print(1)',
    'subprocess.run(["ls", path])',
    'subprocess.run("ls -l", shell=True)',
    'cmd = ["ls", path]\nsubprocess.run(cmd)',
    'self.cmd = "ls -l"\nsubprocess.Popen(self.cmd.split())',
    'subprocess.run([sys.executable, "own.py"])',
    'path = os.path.join(folder, "own.py")\nsubprocess.run([sys.executable, path])',
    'os.execv(sys.executable, ["python"] + sys.argv)',
    'os.execl(sys.executable, sys.executable, *sys.argv)',
    'subprocess.run("python3", shell=True)',
    'subprocess.run(["python3", "own.py", path])',
    'subprocess.run(["ls", "-l", path])',
    'tool = "/usr/bin/sudo" if path else "sudo"\nsubprocess.Popen([tool, "-n"])',
    '# subprocess.run(cmd)',
    'print("subprocess.run(cmd)")',
    'loop.run(main)',
  ])('names them all by %j of Python', (text) => {
    expect(python(text)).toBe(false)
  })

  it.each([
    'cp.spawn(tool, [])',
    'exec(command)',
    'cp.exec(`${tool} -x`)',
    'fork(file)',
    'spawn("python3", [file])',
    'exec(`python3 ${file}`)',
    'spawn(process.execPath, [file])',
    'shell.exec(command)',
  ])('does not name them all by %j of Node', (text) => {
    expect(node(text)).toBe(true)
  })

  it.each([
    'spawn("ls", args)',
    'const cmd = "ls -l"\ncp.exec(cmd)',
    'spawn(process.execPath, ["x.js"])',
    'const file = path.join(__dirname, "x.py")\nspawn("python3", [file])',
    'pattern.exec(text)',
    'db.exec(sql)',
  ])('names them all by %j of Node', (text) => {
    expect(node(text)).toBe(false)
  })

  it('is not asked of other languages, nor of a script that starts nothing', () => {
    expect(readScript('system($x);\n', '/x.pl', 'perl')?.runsUnnamed).toBe(false)
    expect(readScript('exec(code)\n', '/x.js', 'node')?.runsUnnamed).toBe(false)
  })
})
