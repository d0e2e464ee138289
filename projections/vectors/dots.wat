;; The products of one vector with many, four numbers at a time (fixed-width SIMD, WebAssembly 2.0).
(module
  (import "memory" "all" (memory 1))
  ;; $question, $rows, $out: where they begin, in bytes; $width: bytes of a vector, a multiple of 16.
  (func (export "dots") (param $question i32) (param $width i32) (param $rows i32) (param $count i32) (param $out i32)
    (local $at i32) (local $a v128) (local $b v128) (local $pairs i32)
    ;; As far as two fours at a time go.
    (local.set $pairs (i32.and (local.get $width) (i32.const -32)))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $at (i32.const 0))
        (local.set $a (v128.const f32x4 0 0 0 0))
        (local.set $b (v128.const f32x4 0 0 0 0))
        (block $end
          (loop $pair
            (br_if $end (i32.ge_u (local.get $at) (local.get $pairs)))
            (local.set $a (f32x4.add (local.get $a) (f32x4.mul
              (v128.load (i32.add (local.get $question) (local.get $at)))
              (v128.load (i32.add (local.get $rows) (local.get $at))))))
            (local.set $b (f32x4.add (local.get $b) (f32x4.mul
              (v128.load offset=16 (i32.add (local.get $question) (local.get $at)))
              (v128.load offset=16 (i32.add (local.get $rows) (local.get $at))))))
            (local.set $at (i32.add (local.get $at) (i32.const 32)))
            (br $pair)))
        (if (i32.lt_u (local.get $at) (local.get $width))
          (then
            (local.set $a (f32x4.add (local.get $a) (f32x4.mul
              (v128.load (i32.add (local.get $question) (local.get $at)))
              (v128.load (i32.add (local.get $rows) (local.get $at))))))))
        (local.set $a (f32x4.add (local.get $a) (local.get $b)))
        (f32.store (local.get $out) (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
          (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (local.get $width)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row)))))
