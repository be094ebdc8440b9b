/** From a path as the mini-program writes it to an address that a browser can load. */
import { files } from './files.js'

/** `owner`: code path of the component that says so; relative paths start there. */
export function addressOf(path: string, owner = ''): string {
  if (path.startsWith('wxfile:')) return files.address(path)
  if (/^(https?:|data:|blob:|\/\/)/.test(path)) return path
  // In WeChat only the package begins with a slash; the service's files, built with an empty base, do here too.
  if (path.startsWith('/api/')) return path
  if (path.startsWith('/')) return `.${path}`
  return `.${new URL(path, `http://package/${owner}`).pathname}`
}
