/** wx.getFileSystemManager and the older saveFile family. */
import { call, callSync, Refusal } from './call.js'
import { files, USER_DATA } from './files.js'

type Encoding = 'ascii' | 'base64' | 'binary' | 'hex' | 'utf-8' | 'utf8' | 'latin1'
type Data = string | ArrayBuffer

export function toBase64(bytes: ArrayBuffer): string {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}

export const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer

function encoded(data: Data, encoding: Encoding = 'utf8'): Blob {
  if (typeof data !== 'string') return new Blob([data])
  if (encoding === 'base64') return new Blob([fromBase64(data)])
  if (encoding === 'hex') {
    return new Blob([Uint8Array.from(data.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))])
  }
  if (/^utf-?8$/.test(encoding)) return new Blob([data])
  return new Blob([Uint8Array.from(data, (letter) => letter.charCodeAt(0))])
}

function decoded(bytes: ArrayBuffer, encoding: Encoding | undefined): Data {
  if (!encoding) return bytes
  if (encoding === 'base64') return toBase64(bytes)
  if (encoding === 'hex')
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (/^utf-?8$/.test(encoding)) return new TextDecoder().decode(bytes)
  return Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
}

/** A browser reads blobs only later, except like this. */
function bytesAtOnce(path: string): ArrayBuffer {
  files.read(path)
  const request = new XMLHttpRequest()
  request.open('GET', files.address(path), false)
  request.overrideMimeType('text/plain; charset=x-user-defined')
  request.send()
  return Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 0xff).buffer
}

interface Ranged {
  encoding?: Encoding
  position?: number
  length?: number
}

const part = (bytes: ArrayBuffer, { position = 0, length }: Ranged) =>
  position === 0 && length === undefined ? bytes : bytes.slice(position, length && position + length)

async function readFile({ filePath, ...how }: Ranged & { filePath: string }) {
  const bytes = await files.read(filePath).arrayBuffer()
  return { data: decoded(part(bytes, how), how.encoding) }
}

function mkdir(path: string, isRecursive = false): void {
  if (files.has(path)) {
    if (isRecursive) return
    throw new Refusal(`file already exists, mkdir "${path}"`, 1301005)
  }
  const parent = path.replace(/\/+$/, '').replace(/\/[^/]+$/, '')
  if (isRecursive && parent.startsWith(USER_DATA)) mkdir(parent, true)
  files.write(path, null)
}

function rmdir(path: string, isRecursive = false): void {
  const inside = files.within(path)
  if (inside.length > 0 && !isRecursive) throw new Refusal(`directory not empty, rmdir "${path}"`, 1300066)
  for (const one of inside) files.remove(one, 'rmdir')
  files.remove(path, 'rmdir')
}

function rename(oldPath: string, newPath: string): void {
  files.write(newPath, files.read(oldPath, 'rename'))
  files.remove(oldPath, 'rename')
}

/** A temporary file is moved, not copied. */
function saveFile(tempFilePath: string, filePath?: string): string {
  const content = files.read(tempFilePath, 'saveFile')
  const savedFilePath = filePath ?? files.newSavedPath(content)
  files.write(savedFilePath, content)
  if (savedFilePath !== tempFilePath) files.remove(tempFilePath, 'saveFile')
  return savedFilePath
}

function unlink(path: string): void {
  if (files.isFolder(path)) throw new Refusal(`operation not permitted, unlink "${path}"`, 1300001)
  files.remove(path, 'unlink')
}

function access(path: string): void {
  if (!files.has(path)) throw new Refusal(`no such file or directory, access "${path}"`, 1300002)
}

function append(path: string, data: Data, encoding?: Encoding): void {
  files.write(path, new Blob([files.read(path), encoded(data, encoding)]))
}

function stat(path: string) {
  const isFolder = files.isFolder(path)
  const { content, changedAt } =
    isFolder && !files.has(path) ? { content: null, changedAt: 0 } : files.entry(path, 'stat')
  const seconds = Math.floor(changedAt / 1000)
  return {
    mode: isFolder ? 16877 : 33188,
    size: content?.size ?? 0,
    lastAccessedTime: seconds,
    lastModifiedTime: seconds,
    isDirectory: () => isFolder,
    isFile: () => !isFolder,
  }
}

/** So that what was told as saved is still there after a reload. */
async function lasting<T extends object | void>(result: T): Promise<T> {
  await files.written()
  return result
}

interface Paths {
  path: string
  filePath: string
  srcPath: string
  destPath: string
  dirPath: string
  oldPath: string
  newPath: string
  tempFilePath: string
  data: Data
  encoding: Encoding
  recursive: boolean
}

type Given<K extends keyof Paths> = Pick<Paths, K>

const manager = {
  access: call('access', ({ path }: Given<'path'>) => access(path)),
  accessSync: callSync('accessSync', access),
  appendFile: call('appendFile', ({ filePath, data, encoding }: Given<'filePath' | 'data' | 'encoding'>) =>
    lasting(append(filePath, data, encoding)),
  ),
  appendFileSync: callSync('appendFileSync', append),
  copyFile: call('copyFile', ({ srcPath, destPath }: Given<'srcPath' | 'destPath'>) =>
    lasting(files.write(destPath, files.read(srcPath, 'copyFile'))),
  ),
  copyFileSync: callSync('copyFileSync', (from: string, to: string) => files.write(to, files.read(from, 'copyFile'))),
  getFileInfo: call('getFileInfo', ({ filePath }: Given<'filePath'>) => ({ size: files.read(filePath).size })),
  getSavedFileList: call('getSavedFileList', () => ({
    fileList: files.saved().map(({ path, content, changedAt }) => ({
      filePath: path,
      size: content?.size ?? 0,
      createTime: Math.floor(changedAt / 1000),
    })),
  })),
  removeSavedFile: call('removeSavedFile', ({ filePath }: Given<'filePath'>) => lasting(unlink(filePath))),
  mkdir: call('mkdir', ({ dirPath, recursive }: Given<'dirPath' | 'recursive'>) => lasting(mkdir(dirPath, recursive))),
  mkdirSync: callSync('mkdirSync', mkdir),
  readdir: call('readdir', ({ dirPath }: Given<'dirPath'>) => ({ files: files.list(dirPath) })),
  readdirSync: callSync('readdirSync', (path: string) => files.list(path)),
  readFile: call('readFile', readFile),
  readFileSync: callSync('readFileSync', (path: string, encoding?: Encoding, position?: number, length?: number) =>
    decoded(part(bytesAtOnce(path), { position, length }), encoding),
  ),
  rename: call('rename', ({ oldPath, newPath }: Given<'oldPath' | 'newPath'>) => lasting(rename(oldPath, newPath))),
  renameSync: callSync('renameSync', rename),
  rmdir: call('rmdir', ({ dirPath, recursive }: Given<'dirPath' | 'recursive'>) => lasting(rmdir(dirPath, recursive))),
  rmdirSync: callSync('rmdirSync', rmdir),
  saveFile: call('saveFile', ({ tempFilePath, filePath }: Given<'tempFilePath'> & Partial<Given<'filePath'>>) =>
    lasting({ savedFilePath: saveFile(tempFilePath, filePath) }),
  ),
  saveFileSync: callSync('saveFileSync', saveFile),
  stat: call('stat', ({ path }: Given<'path'>) => ({ stats: stat(path) })),
  statSync: callSync('statSync', stat),
  unlink: call('unlink', ({ filePath }: Given<'filePath'>) => lasting(unlink(filePath))),
  unlinkSync: callSync('unlinkSync', unlink),
  writeFile: call('writeFile', ({ filePath, data, encoding }: Given<'filePath' | 'data' | 'encoding'>) =>
    lasting(files.write(filePath, encoded(data, encoding))),
  ),
  writeFileSync: callSync('writeFileSync', (path: string, data: Data, encoding?: Encoding) =>
    files.write(path, encoded(data, encoding)),
  ),
}

export const fileSystemApis = {
  env: { USER_DATA_PATH: USER_DATA },
  getFileSystemManager: () => manager,
  saveFile: manager.saveFile,
  getFileInfo: manager.getFileInfo,
  getSavedFileList: manager.getSavedFileList,
  removeSavedFile: manager.removeSavedFile,
  arrayBufferToBase64: toBase64,
  base64ToArrayBuffer: fromBase64,
}
