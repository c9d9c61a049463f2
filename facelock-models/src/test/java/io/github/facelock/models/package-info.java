/** Tests of the fetching program and of the packed models; the module itself holds no classes. */
package io.github.facelock.models;
