export { changeSettings, type PlayerSettings, readSettings, type SettingsChange, type Theme } from './settings.ts'
