/** Addresses of pages as WeChat reads them: `/pages/case/index?id=1`, relative to the page that says so. */

export interface Target {
  route: string
  /** With its question mark; empty without a query. */
  search: string
  /** Values as they are written: WeChat decodes none. */
  query: Record<string, string>
}

/** `from`: route of the page that the address is written in. */
export function targetOf(url: string, from: string): Target {
  const cut = url.indexOf('?')
  const path = cut < 0 ? url : url.slice(0, cut)
  const search = cut < 0 ? '' : url.slice(cut)
  const route = decodeURI(new URL(path, `http://package/${from}`).pathname).slice(1)
  return { route: route.replace(/\.html$/, ''), search, query: queryOf(search.slice(1)) }
}

/** A second `=` ends the value, and none at all makes it `undefined`: so does WeChat. */
function queryOf(text: string): Record<string, string> {
  const pairs = text.split('&').filter((pair) => pair !== '')
  return Object.fromEntries(pairs.map((pair) => pair.split('=')).map(([name = '', value]) => [name, String(value)]))
}

export const addressOfTarget = ({ route, search }: Pick<Target, 'route' | 'search'>) => `/${route}${search}`
