/** What the build hands to the runtime: a mini-program as WeChat would read it from disk, compiled for a browser. */

/** `app.json`, as far as the runtime reads it. */
export interface AppConfig {
  pages: string[]
  window?: PageConfig
  tabBar?: {
    custom?: boolean
    color?: string
    selectedColor?: string
    backgroundColor?: string
    list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[]
  }
  [other: string]: unknown
}

/** The JSON beside a page or component; `usingComponents` holds absolute code paths with a leading slash. */
export interface PageConfig {
  component?: boolean
  usingComponents?: Record<string, string>
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: 'black' | 'white'
  navigationStyle?: 'default' | 'custom'
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  /** Set by the build where the template has named slots: TDesign's tabs forget to ask for them. */
  hasNamedSlots?: boolean
  [other: string]: unknown
}

export interface ComponentCode {
  /** Path in the code tree, without extension: `pages/home/index`, `miniprogram_npm/tdesign-miniprogram/button/button`. */
  path: string
  config: PageConfig
  /** Prefix of its class names; undefined where its styles are shared. */
  styleScope: string | undefined
  /** Runs the file, which calls Page or Component. */
  load(): unknown
}

export interface Bundle {
  app: AppConfig
  /** Every page, those of subpackages too; the first is where it starts. */
  pages: string[]
  /**
   * Style sheets by code path; `app` is app.wxss. The rules of a page's own sheet hold under
   * `:where([data-route="<code path>"])` only: the element around a page carries that attribute (`dataset.route`), so
   * that two pages do not dress each other.
   */
  styles: Record<string, string>
  /**
   * Generator functions of glass-easel's template compiler, by code path. Their WXS modules run while the bundle is
   * made, before `boot` is called: what they need (`__wxsMark`, `__wxsType`) is there once boot.ts has been imported.
   */
  templates: Record<string, unknown>
  components: ComponentCode[]
  /** Runs app.ts, which calls App. */
  loadApp(): unknown
}
