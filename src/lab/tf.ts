/**
 * TensorFlow.js, imported in this one place: core operations, all gradients, and the backends. Never the layers API.
 * Whoever wants to accelerate or replace tfjs does it here.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';

export * from '@tensorflow/tfjs-core';
