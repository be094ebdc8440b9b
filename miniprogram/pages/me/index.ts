// 我的
import { page } from '../../behaviors/page'

Component({ behaviors: [page] })
