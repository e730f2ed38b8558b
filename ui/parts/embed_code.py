"""The code that shows a card in another site: a frame, and a script that gives it the height of the card."""

from html import escape

FIRST_HEIGHT_PX = 640  # until the card tells its own, and where a site takes no scripts
MAX_HEIGHT_PX = 5000
# ui/frame/assets/card_height.js sends the height. Several cards on a page may each bring this script.
_SCRIPT = (
    '<script>addEventListener("message",e=>{const h=e.data&&e.data.cardHeight;'
    f"if(h>0&&h<={MAX_HEIGHT_PX})"
    'for(const f of document.querySelectorAll("iframe"))if(f.contentWindow===e.source)f.height=h})</script>'
)


def embed_code(address: str, title: str) -> str:
    """HTML for a frame with the card at this address; its title is for those who do not see it."""
    frame = f'<iframe src="{escape(address)}" width="100%" height="{FIRST_HEIGHT_PX}" title="{escape(title)}"></iframe>'
    return f"{frame}\n{_SCRIPT}"
