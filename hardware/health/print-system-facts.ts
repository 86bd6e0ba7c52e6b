/** A program: prints what systeminformation knows of this machine as one line of JSON, and ends. */
import { cpuTemperature, system } from 'systeminformation';

const [{ manufacturer, model }, { main }] = await Promise.all([system(), cpuTemperature()]);
process.stdout.write(`${JSON.stringify({ manufacturer, model, temperatureC: main })}\n`);
