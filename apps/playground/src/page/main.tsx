import { render } from 'preact'
import { App } from './app.tsx'
import { start } from './state/start.ts'
import './style/base.css'
import './style/layout.css'
import './style/sides.css'
import './style/chat.css'
import './style/message.css'
import './style/controls.css'
import './style/composer.css'
import './style/dialog.css'
import './style/workshop.css'

const root = document.getElementById('app')
if (root === null) throw new Error('The page has no #app.')
start()
render(<App />, root)
