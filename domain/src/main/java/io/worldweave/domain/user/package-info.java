/** Who acts and who watches: the identity that credentials prove. */
@NullMarked
package io.worldweave.domain.user;

import org.jspecify.annotations.NullMarked;
