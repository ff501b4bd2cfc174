import { Dice } from "../src/dice";

it("the dice are those of mulberry32, the same on every machine", () => {
  const dice = new Dice(1);

  expect([dice.fraction(), dice.fraction(), dice.fraction()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ]);
});
