import { once } from "../../../functions/shared/once";

describe("what is made once", () => {
  it("is kept, even where it is nothing", async () => {
    let made = 0;
    const get = once(async () => {
      made += 1;
      return undefined;
    });

    expect([await get(), await get()]).toEqual([undefined, undefined]);
    expect(made).toBe(1);
  });

  it("is made again after a failure", async () => {
    let made = 0;
    const get = once(async () => {
      made += 1;
      if (made === 1) throw new Error("not yet");
      return made;
    });

    await expect(get()).rejects.toThrow("not yet");
    expect([await get(), await get()]).toEqual([2, 2]);
  });
});
