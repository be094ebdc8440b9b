// Takes a DATABASE_URL apart, including the form with several hosts that the WHATWG parser refuses.

export interface Host {
  host: string
  port: number
}

export interface ServerAddress {
  user: string
  password: string
  database: string
  /** In order of preference: the first healthy one serves. */
  hosts: Host[]
}

const SHAPE = /^(?:mysql|mariadb):\/\/(?<user>[^:@/]+)(?::(?<password>.*))?@(?<hosts>[^@/]+)\/(?<database>[^/?#]+)$/
const HOST = /^(?<host>\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/

/** The message never repeats the URL: it holds a password. */
export class BadDatabaseUrl extends Error {
  constructor(reason: string) {
    super(`DATABASE_URL 写法不对（${reason}），应为 mysql://用户:密码@主机:端口[,主机:端口]/库名`)
    this.name = 'BadDatabaseUrl'
  }
}

export function parseAddress(url: string): ServerAddress {
  const parts = SHAPE.exec(url)?.groups
  if (!parts) throw new BadDatabaseUrl('整体格式')
  return {
    user: decoded(parts.user ?? '', '用户名'),
    password: decoded(parts.password ?? '', '密码'),
    database: decoded(parts.database ?? '', '库名'),
    hosts: (parts.hosts ?? '').split(',').map(parseHost),
  }
}

function parseHost(text: string): Host {
  const parts = HOST.exec(text.trim())?.groups
  const port = Number(parts?.port ?? 3306)
  if (!parts?.host || port < 1 || port > 65535) throw new BadDatabaseUrl('主机或端口')
  return { host: parts.host.replace(/^\[|\]$/g, ''), port }
}

function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new BadDatabaseUrl(what)
  }
}
