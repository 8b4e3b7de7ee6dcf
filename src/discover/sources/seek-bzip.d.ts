/** What is used of seek-bzip, which ships no types: its decoder, block by block. */
declare module "seek-bzip" {
  interface ByteInput {
    readByte(): number;
    read(into: Uint8Array, at: number, length: number): number;
    eof(): boolean;
  }
  interface ByteOutput {
    writeByte(byte: number): void;
    flush(): void;
  }
  class Bunzip {
    constructor(input: ByteInput, output: ByteOutput);
    reader: { read(bits: number): number };
    streamCRC: number;
    _init_block(): boolean;
    _read_bunzip(): number;
    _start_bunzip(input: ByteInput, output: ByteOutput): void;
  }
  export = Bunzip;
}
