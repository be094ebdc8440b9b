// 办事指南
import { page } from '../../behaviors/page'

Component({ behaviors: [page] })
