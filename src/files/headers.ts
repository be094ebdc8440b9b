// The headers under which a stored file leaves: its type as we found it, never as somebody named it, and no power to run anything.
import { fileTypeOf } from './kinds.js'

export function downloadHeaders({ name, mime }: { name: string; mime: string }): Record<string, string> {
  const type = fileTypeOf(mime)
  return {
    'Content-Type': type?.mime ?? 'application/octet-stream',
    'Content-Disposition': disposition(
      type?.disposition ?? 'attachment',
      withExtension(name, type?.extension ?? 'bin'),
    ),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private',
  }
}

/** The name ends in what the file is, so that a device opens it with the right program. */
function withExtension(name: string, extension: string): string {
  return `${name.replace(/\.[A-Za-z0-9]{1,8}$/, '') || 'file'}.${extension}`
}

/** RFC 6266: a plain name for old readers, and the real one in UTF-8 (RFC 5987). */
function disposition(kind: string, name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["%\\]/gu, '_')
  const encoded = encodeURIComponent(name.replace(/\p{Cs}/gu, '')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
