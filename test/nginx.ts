// Starts nginx on loopback with the product's own configuration: only ports, paths, name and certificate are others.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterUs } from './afterUs.js'
import { freePort } from './freePort.js'

export interface Nginx {
  /** `https://localhost:<port>`; whoever asks trusts `certificate`. */
  url: string
  /** The same site without TLS, for programs that cannot be given a certificate. */
  plainUrl: string
  /** PEM, of its own making: for `ca`. */
  certificate: string
  /** Everything it wrote: one JSON line a request, and its complaints. */
  log(): string
  stop(): Promise<void>
}

const SITE = fileURLToPath(new URL('../src/deploy/nginx.conf', import.meta.url))
const NAME = 'bangban.example.gov.cn'
const UPSTREAM = /^ +server 127\.0\.0\.1:\d+ (.*);\n/gm

export interface Places {
  folder: string
  /** Of the processes, such as `http://127.0.0.1:3001`. */
  upstreams: readonly string[]
  ports: { tls: number; plain: number; redirect: number }
}

/** Writes a whole configuration around the product's site into `folder`; the file's path. */
export function layNginx({ folder, upstreams, ports }: Places): string {
  const asRoot = process.getuid?.() === 0 ? 'user root;' : ''
  const tls = path.join(folder, 'tls')
  mkdirSync(tls, { recursive: true })
  makeCertificate(tls)
  const site = swap(readFileSync(SITE, 'utf8'), [
    [UPSTREAM, (_, terms) => lines(upstreams, (url) => `    server ${new URL(url).host} ${String(terms)};`)],
    [/listen 443 ssl http2 default_server;/g, () => `listen 127.0.0.1:${ports.tls} ssl http2 default_server;`],
    [
      /listen 443 ssl http2;/g,
      () => `listen 127.0.0.1:${ports.tls} ssl http2;\n    listen 127.0.0.1:${ports.plain} backlog=4096;`,
    ],
    [/listen 80;/g, () => `listen 127.0.0.1:${ports.redirect};`],
    [new RegExp(NAME.replaceAll('.', '\\.'), 'g'), () => 'localhost'],
    [/\/etc\/shenhuan\/tls\//g, () => `${tls}/`],
    [/syslog:server=unix:\/dev\/log,\S+ /g, () => `${folder}/log `],
  ])
  writeFileSync(path.join(folder, 'site.conf'), site)
  const file = path.join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    file,
    `daemon off;
${asRoot}
pid ${folder}/pid;
error_log ${folder}/log warn;
worker_processes 2;
worker_rlimit_nofile 16384;
events { worker_connections 4096; }
http {
${temporary.map((name) => `    ${name}_temp_path ${folder}/temp_${name};`).join('\n')}
    include ${folder}/site.conf;
}
`,
  )
  return file
}

/** In front of these processes of the service, which must believe 127.0.0.1 (`TRUSTED_PROXIES`). Serving once it resolves. */
export async function startNginx(upstreams: readonly string[]): Promise<Nginx> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shenhuan-nginx-'))
  const ports = { tls: await freePort(), plain: await freePort(), redirect: await freePort() }
  const file = layNginx({ folder, upstreams, ports })
  const child = spawn('nginx', ['-p', folder, '-e', `${folder}/log`, '-c', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: withSbin(),
  })
  // Killed, its workers would go on: told to end, it takes them along.
  const forget = afterUs('kill "$0"; rm -rf "$1"', String(child.pid), folder)
  async function stop(): Promise<void> {
    if (!hasEnded(child)) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    }
    forget()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilItListens(child, ports.plain)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: `https://localhost:${ports.tls}`,
    plainUrl: `http://127.0.0.1:${ports.plain}`,
    certificate: readFileSync(path.join(folder, 'tls', 'fullchain.pem'), 'utf8'),
    log: () => readFileSync(path.join(folder, 'log'), 'utf8'),
    stop,
  }
}

/** `nginx -t` on a configuration laid by `layNginx`: what it says, and whether it is content. */
export function checkNginx(file: string): { isGood: boolean; said: string } {
  const folder = path.dirname(file)
  const { status, stderr, error } = spawnSync('nginx', ['-t', '-p', folder, '-e', `${folder}/log`, '-c', file], {
    encoding: 'utf8',
    env: withSbin(),
  })
  if (error) throw error
  return { isGood: status === 0, said: stderr }
}

type Swap = readonly [what: RegExp, by: (...found: unknown[]) => string]

/** @throws Error where the site no longer holds what is to be replaced: the test would then try something else */
function swap(text: string, swaps: readonly Swap[]): string {
  return swaps.reduce((sofar, [what, by]) => {
    if (sofar.search(what) < 0) throw new Error(`${SITE} no longer holds ${what.source}`)
    let n = 0
    return sofar.replace(what, (...found: unknown[]) => (what === UPSTREAM && n++ > 0 ? '' : by(...found)))
  }, text)
}

const lines = (urls: readonly string[], line: (url: string) => string) => urls.map((url) => `${line(url)}\n`).join('')

function makeCertificate(folder: string): void {
  const { status, stderr, error } = spawnSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost
     -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out fullchain.pem`.split(/\s+/),
    { encoding: 'utf8', cwd: folder },
  )
  if (status !== 0) throw new Error(`openssl made no certificate: ${error?.message ?? stderr}`)
}

async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (hasEnded(child)) throw new Error(`nginx ended at once with ${child.exitCode ?? child.signalCode}`)
    if (await answers(port)) return
    await delay(50)
  }
  throw new Error('nginx does not listen')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

/** Debian keeps the server in /usr/sbin, which an ordinary user's PATH lacks. */
function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` }
}
