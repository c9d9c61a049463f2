/**
 * Renders clips of people and of attacks from one photograph, so that liveness can be tested and
 * measured without a camera, a printer and volunteers. Seeded: the same portrait, motion and seed
 * give the same pixels.
 *
 * <p><strong>What is exact and what is not.</strong> Flat and bent sheets ({@link
 * io.github.facelock.test.simulation.Sheet}) are rendered exactly by perspective projection; their
 * noise, moiré and glare are models of what paper and screens do. A {@link
 * io.github.facelock.test.simulation.Person} is a photograph drawn over a coarse head of average
 * depth, fitted to the 68 landmarks: <em>simulated bona fide clips are simulated</em>. They show
 * that a judgement can accept a turning head; how many real people it refuses is measured on real
 * clips only.
 *
 * <p>Directions are those of an unmirrored frame: x to the right, y down, millimetres before the
 * camera. A person turns to their own right when the nose moves to the frame's left, and that is a
 * positive yaw.
 */
@NullMarked
package io.github.facelock.test.simulation;

import org.jspecify.annotations.NullMarked;
