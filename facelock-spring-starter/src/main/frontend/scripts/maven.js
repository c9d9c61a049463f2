// What Maven calls: `node scripts/maven.js build|check TARGET [SKIP]...`. Does nothing where a SKIP is `true`, or where nothing
// has changed since it last succeeded. The first call installs what the lock file names.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = '', target = '', ...skips] = process.argv.slice(2);
const assets = join(target, 'classes/META-INF/resources/facelock/assets');
const made = ['facelock-capture.js', 'facelock-camera.js', 'step.js', 'enrol.js'];

/** One digest of everything that the result depends on. */
function digest() {
  const hash = createHash('sha256').update(process.version);
  const walk = (path) => {
    if (statSync(path).isDirectory()) {
      readdirSync(path)
        .filter((name) => name !== 'node_modules')
        .sort()
        .forEach((name) => walk(join(path, name)));
    } else {
      hash.update(relative(folder, path)).update('\0').update(readFileSync(path));
    }
  };
  walk(folder);
  return hash.digest('hex');
}

function npm(...words) {
  // A shell, because npm is a script on some systems; no word here comes from outside.
  execFileSync(`npm ${words.join(' ')}`, { cwd: folder, stdio: 'inherit', shell: true });
}

function isInstalled() {
  const installed = join(folder, 'node_modules/.facelock-lock');
  return existsSync(installed) && readFileSync(installed, 'utf8') === lock();
}

function lock() {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

const stamp = join(target, `frontend-${task}.sha256`);
const now = digest();
const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
const there = task !== 'build' || made.every((name) => existsSync(join(assets, name)));
if (!skips.includes('true') && !(done && there)) {
  if (!isInstalled()) {
    npm('ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error');
    writeFileSync(join(folder, 'node_modules/.facelock-lock'), lock());
  }
  npm('run', '--silent', task);
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, now);
}
