/**
 * What all pages and endpoints share: where a request came from, what an error looks like, how much
 * one may send and how often.
 */
@NullMarked
package io.github.facelock.spring.web;

import org.jspecify.annotations.NullMarked;
