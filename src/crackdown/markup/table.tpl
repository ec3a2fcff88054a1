{#- pandas' Styler renders this: alignment by class and scopes for screen
    readers instead of its ids and style attributes. It gives the index's name
    in a row of its own; here it heads the first column. -#}
{% set corner = head[1][0].display_value if head | length > 1 else "" %}
<table>
<caption>{{ caption }}</caption>
<thead>
<tr>
{%- for cell in head[0] if cell.is_visible != False %}
{%- if loop.first %}{% if corner and corner != "&nbsp;" %}<th scope="col">{{ corner | e }}</th>{% else %}<td></td>{% endif %}
{%- else %}<th{% if loop.index0 in numeric %} class="n"{% endif %} scope="col">{{ cell.display_value }}</th>{% endif %}
{%- endfor %}</tr>
</thead>
<tbody>
{%- for row in body %}
{%- set line = loop.index0 %}
<tr>
{%- for cell in row if cell.is_visible != False %}
{%- if cell.type == "th" %}<th scope="row">{{ cell.display_value }}</th>
{%- else %}<td{% if loop.index0 in numeric %} class="n"{% endif %}>
{%- if (line, loop.index0) in linked %}{{ link_rows(cell.display_value, linked[line, loop.index0]) }}{% else %}{{ cell.display_value }}{% endif %}</td>{% endif %}
{%- endfor %}</tr>
{%- endfor %}
</tbody>
</table>
