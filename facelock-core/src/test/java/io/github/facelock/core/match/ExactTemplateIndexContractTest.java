package io.github.facelock.core.match;

import io.github.facelock.api.face.ModelId;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.test.contract.TemplateIndexContract;

class ExactTemplateIndexContractTest extends TemplateIndexContract {

  @Override
  protected TemplateIndex newIndex(ModelId model, int dimension) {
    return new ExactTemplateIndex(model, dimension);
  }
}
