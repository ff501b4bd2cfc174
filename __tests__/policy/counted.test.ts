import { counted } from "../../src/policy/counted";

it("one finding is no findings", () => {
  expect([0, 1, 2].map((count) => counted(count, "finding"))).toEqual(["0 findings", "1 finding", "2 findings"]);
});
