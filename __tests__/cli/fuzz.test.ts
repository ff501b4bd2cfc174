import { fuzz } from "../../src/cli/fuzz";

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  jest.spyOn(console, "log").mockImplementation((line) => void printed.push(`log: ${line}`));
  jest.spyOn(console, "error").mockImplementation((line) => void printed.push(`error: ${line}`));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

it.each([
  [["alarms"], 'There is no fuzz of "alarms"; allowed are waf, webhook.'],
  [["constructor"], 'There is no fuzz of "constructor"; allowed are waf, webhook.'],
  [["waf", "--requests", "0"], '"0" is not a whole number from 1 to 999999999.'],
  [["waf", "--seed", "x"], '"x" is not a whole number from 1 to 999999999.'],
])("npm run fuzz refuses %j", async (args, message) => {
  await expect(fuzz().parseAsync(args, { from: "user" })).rejects.toThrow(message);
});

it("npm run fuzz -- webhook prints a row for each kind and how many deliveries of which seed", async () => {
  await fuzz().parseAsync(["webhook", "--requests", "5000", "--seed", "9"], { from: "user" });

  expect(printed[0]).toMatch(/^log: delivery +202 +400 +401 +503\nsound /);
  expect(printed[1]).toBe("log: \n5,000 deliveries of seed 9 in 16 situations of the secrets.");
});

it("npm run fuzz -- webhook exits 1 where something was not put to the test", async () => {
  await fuzz().parseAsync(["webhook", "--requests", "1"], { from: "user" });

  expect(printed).toContain('error: None of 1 deliveries was of the kind "empty key". Send more.');
  expect(process.exitCode).toBe(1);
});
